;; What the tests ask of org-drill.  Each function prints lines of text.

(package-initialize)
(require 'org-drill)

(defun deck-visit ()
  "Visit the file that the command line names."
  (find-file (pop command-line-args-left)))

(defun deck-entries ()
  "Print the IDs of the new and of the dormant entries, as org-drill collects them."
  (deck-visit)
  (let ((session (org-drill-session)))
    (org-drill-map-entries
     (lambda () (org-drill-map-entry-function session)) 'file)
    (dolist (marker (reverse (oref session new-entries)))
      (goto-char marker)
      (princ (format "%s\n" (org-id-get))))
    (princ (format "dormant %d\n" (oref session dormant-entry-count)))))

(defun deck-hidden ()
  "Print what org-drill would hide in the questions, taking it for a cloze."
  (deck-visit)
  (org-drill-map-entries
   (lambda ()
     (when (org-drill-entry-p)
       (let ((end (save-excursion (re-search-forward "^\\*\\*\\* Answer$"))))
         (org-drill-hide-clozed-text)
         (dolist (overlay (overlays-in (point) end))
           (when (eq (overlay-get overlay 'category)
                     'org-drill-cloze-overlay-defaults)
             (princ (format "%s\n" (buffer-substring (overlay-start overlay)
                                                     (overlay-end overlay)))))))))
   'file))

(defun deck-rate ()
  "Rate every entry of the file with 4, as org-drill does it, and save the file."
  (deck-visit)
  (let ((session (org-drill-session)))
    (cl-letf (((symbol-function 'org-drill--read-key-sequence) (lambda (_) "4"))
              ((symbol-function 'sit-for) #'ignore))
      (org-drill-map-entries
       (lambda ()
         (when (org-drill-entry-p)
           (org-drill-reschedule session)))
       'file)))
  (save-buffer))

(defun deck-schedules ()
  "Print each entry's ID and its scheduling data."
  (deck-visit)
  (org-drill-map-entries
   (lambda ()
     (when (org-drill-entry-p)
       (princ (format "%s %S %s %s %s\n" (org-id-get) (org-drill-get-item-data)
                      (org-entry-get (point) "SCHEDULED")
                      (org-entry-get (point) "DRILL_LAST_QUALITY")
                      (org-entry-get (point) "DRILL_LAST_REVIEWED")))))
   'file))
