;; Print what org-drill finds in a file: a JSON line an entry, with its gaps and sides.
(package-initialize)
(require 'org-drill)
(require 'json)

(defun gaps-here ()
  "The texts that org-drill hides in the entry at point, without its subheadings."
  (save-excursion
    (save-restriction
      (org-narrow-to-subtree)
      (let ((end (save-excursion (or (outline-next-heading) (goto-char (point-max))) (point)))
            (found nil))
        (while (re-search-forward org-drill-cloze-regexp end t)
          (unless (save-match-data
                    (or (org-drill-pos-in-regexp (match-beginning 0) org-bracket-link-regexp 1)
                        (org-in-src-block-p)
                        (org-inside-LaTeX-fragment-p)))
            (push (match-string-no-properties 0) found)))
        (vconcat (nreverse found))))))

(defun sides-here ()
  "The titles of the subheadings that org-drill shows or hides."
  (let (found (level (org-current-level)))
    (save-excursion
      (org-narrow-to-subtree)
      (while (outline-next-heading)
        (unless (org-drill-entry-p)
          (when (= (org-current-level) (1+ level))
            (push (org-get-heading t t t t) found))))
      (widen))
    (vconcat (mapcar #'substring-no-properties (nreverse found)))))

(with-current-buffer (find-file-noselect (car command-line-args-left))
  (org-mode)
  (org-drill-map-entries
   (lambda ()
     (when (org-drill-entry-p)
       (princ (json-encode
               `((line . ,(line-number-at-pos))
                 (heading . ,(substring-no-properties (org-get-heading t t t t)))
                 (type . ,(or (org-entry-get (point) "DRILL_CARD_TYPE") ""))
                 (tags . ,(vconcat (mapcar #'substring-no-properties (org-get-tags nil t))))
                 (empty . ,(if (org-drill-entry-empty-p) t json-false))
                 (gaps . ,(gaps-here))
                 (sides . ,(sides-here)))))
       (princ "\n")))
   'file))
(kill-emacs 0)
