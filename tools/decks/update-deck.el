;;; update-deck.el --- Bring a deck of org-drill up to date  -*- lexical-binding: t; -*-

;; SPDX-License-Identifier: MIT

;;; Commentary:

;; A new version of a deck replaces the text of its entries in your file.  Entries
;; are found by their ID.  Yours stays: schedules and all other properties, TODO
;; states, tags of your own, headings that you added, and entries of your own; an
;; entry from which you took the tag `drill' does not get it back.  Entries that left
;; the deck are kept below "Kept from before".  Your old file stays beside the new one,
;; with `.old' after its name.
;;
;; In Emacs:    M-x load-file RET update-deck.el RET, then M-x update-deck
;; In a shell:  emacs --batch -l update-deck.el -f update-deck-batch mine.org new.org

;;; Code:

(require 'org)
(require 'seq)

(defconst update-deck-kept "Kept from before"
  "Heading of what is in your file and not in the new version.")

;;;###autoload
(defun update-deck (mine new)
  "Give the file MINE the texts of the file NEW; keep all that is yours."
  (interactive "fYour deck: \nfIts new version: ")
  (when (file-equal-p mine new)
    (user-error "The new version must be another file than your deck"))
  (let* ((open (find-buffer-visiting mine))
         (old (update-deck--read mine))
         (fresh (update-deck--read new))
         (ids (update-deck--ids fresh)))
    (when (and open (buffer-modified-p open))
      (user-error "Save %s first" mine))
    (when (zerop (hash-table-count ids))
      (user-error "%s is no deck: it has no entry with an ID" new))
    (update-deck--keep-unknown old fresh ids)
    (update-deck--carry-over old fresh (update-deck--tags fresh))
    (copy-file mine (concat mine ".old") t)
    (let ((coding-system-for-write 'utf-8-unix))
      (with-current-buffer fresh
        (write-region nil nil mine nil 'silent)))
    (mapc #'kill-buffer (list old fresh))
    (when open
      (with-current-buffer open (revert-buffer t t)))
    (message "%s is up to date; the old one is %s.old" mine mine)))

(defun update-deck-batch ()
  "Run `update-deck' on the two files that the command line names."
  (let ((files command-line-args-left))
    (setq command-line-args-left nil)
    (unless (= (length files) 2)
      (error "Name two files: your deck, then its new version"))
    (apply #'update-deck (mapcar #'expand-file-name files))))

(defun update-deck--read (file)
  "Return a new buffer in Org mode with the text of FILE."
  (unless (file-readable-p file)
    (user-error "%s cannot be read" file))
  (with-current-buffer (generate-new-buffer " *update-deck*")
    (let ((coding-system-for-read 'utf-8))
      (insert-file-contents file))
    (let ((org-mode-hook nil) (org-inhibit-startup t))
      (org-mode))
    (goto-char (point-max))
    (unless (bolp) (insert "\n"))
    (current-buffer)))

(defun update-deck--map (function)
  "Call FUNCTION at each heading of the buffer, from the first one on."
  (goto-char (point-min))
  (while (re-search-forward org-outline-regexp-bol nil t)
    (beginning-of-line)
    (save-excursion (funcall function))
    (end-of-line)))

(defun update-deck--id ()
  "Return the ID of the entry at point, or nil."
  (org-entry-get (point) "ID"))

(defun update-deck--ids (buffer)
  "Return a table of the IDs in BUFFER, each with a marker of its heading."
  (let ((found (make-hash-table :test 'equal)))
    (with-current-buffer buffer
      (update-deck--map
       (lambda ()
         (when (update-deck--id)
           ;; What is put before an entry, at the end of another, moves it on.
           (puthash (update-deck--id) (copy-marker (point) t) found)))))
    found))

(defun update-deck--tags (buffer)
  "Return all tags that BUFFER uses."
  (let (found)
    (with-current-buffer buffer
      (update-deck--map
       (lambda () (setq found (append (org-get-tags nil t) found)))))
    (delete-dups found)))

(defun update-deck--end ()
  "Return where the subtree at point ends."
  (save-excursion (org-end-of-subtree t t) (point)))

(defun update-deck--subtree ()
  "Return the text of the subtree at point."
  (buffer-substring-no-properties (point) (update-deck--end)))

(defun update-deck--children ()
  "Return the places of the headings right below the one at point."
  (let ((level (1+ (org-current-level))) (end (update-deck--end)) found)
    (save-excursion
      (end-of-line)
      (while (re-search-forward org-outline-regexp-bol end t)
        (when (= (org-current-level) level)
          (push (line-beginning-position) found))))
    (nreverse found)))

(defun update-deck--titles ()
  "Return the titles of the headings right below the one at point."
  (mapcar (lambda (place)
            (save-excursion (goto-char place) (org-get-heading t t t t)))
          (update-deck--children)))

(defun update-deck--next ()
  "Go to the next heading, or to the end of the buffer."
  (unless (outline-next-heading)
    (goto-char (point-max))))

(defun update-deck--own-p (ids)
  "Whether the heading at point, and all below it, is in no deck with these IDS."
  (let ((end (update-deck--end)) (own t))
    (save-excursion
      (while (and own (< (point) end))
        (when (and (update-deck--id) (gethash (update-deck--id) ids))
          (setq own nil))
        (update-deck--next)))
    own))

(defun update-deck--keep-unknown (old fresh ids)
  "Put what OLD has outside the entries with IDS at the end of FRESH."
  (let (kept)
    (with-current-buffer old
      (goto-char (point-min))
      (unless (org-at-heading-p) (update-deck--next))
      (while (and (not (eobp)) (org-at-heading-p))
        (cond
         ((equal (org-get-heading t t t t) update-deck-kept)
          (update-deck--next))
         ((and (update-deck--id) (gethash (update-deck--id) ids))
          (goto-char (update-deck--end)))
         ((update-deck--own-p ids)
          (unless (update-deck--container-p fresh)
            (push (cons (org-current-level) (update-deck--subtree)) kept))
          (goto-char (update-deck--end)))
         (t (update-deck--next)))))
    (when kept
      (with-current-buffer fresh
        (goto-char (point-max))
        (insert "* " update-deck-kept "\n")
        (dolist (one (nreverse kept))
          (insert (update-deck--at-level (cdr one) (car one) 2)))))))

(defun update-deck--container-p (fresh)
  "Whether the heading at point is one without entries that FRESH has as well."
  (and (null (update-deck--children))
       (null (update-deck--id))
       (let ((title (org-get-heading t t t t)) found)
         (with-current-buffer fresh
           (update-deck--map
            (lambda ()
              (when (and (not (update-deck--id))
                         (equal title (org-get-heading t t t t)))
                (setq found t)))))
         found)))

(defun update-deck--at-level (text from to)
  "Return the subtree TEXT of level FROM as one of level TO."
  (replace-regexp-in-string
   org-outline-regexp-bol
   (lambda (stars)
     (let ((level (max 1 (+ (- (length stars) 1 from) to))))
       (concat (make-string level ?*) " ")))
   text))

(defun update-deck--carry-over (old fresh known)
  "Give the entries of FRESH what the same ones in OLD have gathered.
KNOWN are the tags of the course, which change with the deck."
  (let ((ids (update-deck--ids fresh)))
    (with-current-buffer old
      (update-deck--map
       (lambda ()
         (let ((marker (and (update-deck--id) (gethash (update-deck--id) ids))))
           (when marker
             (update-deck--carry marker known))))))))

(defun update-deck--carry (marker known)
  "Give the entry at MARKER what the one at point has gathered."
  (let ((state (org-get-todo-state))
        (tags (org-get-tags nil t))
        (planning (update-deck--planning))
        (properties (update-deck--properties))
        (given (with-current-buffer (marker-buffer marker)
                 (save-excursion (goto-char marker) (update-deck--titles))))
        (added nil))
    (dolist (place (update-deck--children))
      (save-excursion
        (goto-char place)
        (unless (member (org-get-heading t t t t) given)
          (push (update-deck--subtree) added))))
    (with-current-buffer (marker-buffer marker)
      (goto-char marker)
      (when added
        (goto-char (update-deck--end))
        (mapc #'insert (nreverse added))
        (goto-char marker))
      (dolist (property properties)
        (org-entry-put (point) (car property) (cdr property)))
      (goto-char marker)
      (when planning
        (end-of-line)
        (insert "\n" planning)
        (goto-char marker))
      (org-set-tags
       (let ((new (org-get-tags nil t)))
         (append (if (member "drill" tags) new (delete "drill" new))
                 (seq-difference tags known))))
      (goto-char marker)
      (when state
        (looking-at "\\*+ ")
        (goto-char (match-end 0))
        (insert state " ")))))

(defun update-deck--planning ()
  "Return the line with SCHEDULED and the like of the entry at point, or nil."
  (save-excursion
    (forward-line 1)
    (when (looking-at-p org-planning-line-re)
      (buffer-substring-no-properties (point) (line-end-position)))))

(defun update-deck--properties ()
  "Return the properties of the entry at point, in their order, without its ID."
  (let ((block (org-get-property-block)) found)
    (when block
      (save-excursion
        (goto-char (car block))
        (while (re-search-forward org-property-re (cdr block) t)
          (unless (equal (match-string-no-properties 2) "ID")
            (push (cons (match-string-no-properties 2)
                        (or (match-string-no-properties 3) ""))
                  found)))))
    (nreverse found)))

(provide 'update-deck)

;;; update-deck.el ends here
