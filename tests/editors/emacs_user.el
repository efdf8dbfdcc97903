;;; emacs_user.el --- What a user does in batch mode, and sees  -*- lexical-binding: t; coding: utf-8 -*-
(setq native-comp-enable-subr-trampolines nil native-comp-jit-compilation nil)
(setq make-backup-files nil create-lockfiles nil)
(require 'package)
(package-initialize)
(require 'cl-lib)
(require 'json)
(require 'python)

(defvar shown-menus nil)
(defvar shown-questions nil)

(defun finish (failure)
  (princ (concat "\n" (json-encode `((failure . ,failure)
                                     (menus . ,(vconcat (reverse shown-menus)))
                                     (questions . ,(vconcat (reverse shown-questions)))))
                 "\n"))
  (kill-emacs (if failure 1 0)))

(defun wait-until (what arrived)
  (let ((end (+ (float-time) 30)))
    (while (not (or (funcall arrived) (> (float-time) end)))
      (accept-process-output nil 0.02)))
  (unless (funcall arrived) (finish (concat "never came: " what))))

(defun take-the-first (prompt choices &rest _)
  (let* ((all (if (functionp choices) (all-completions "" choices) choices))
         (titles (mapcar (lambda (one) (if (consp one) (car one) one)) all))
         (question (string-match-p "Server reports\\|^✓" prompt)))
    (push `((prompt . ,prompt) (titles . ,(vconcat titles)))
          (symbol-value (if question 'shown-questions 'shown-menus)))
    (car titles)))

(defun has-line (line)
  (save-excursion
    (goto-char (point-min))
    (re-search-forward (concat "^" (regexp-quote line) "$") nil t)))

(advice-add 'completing-read :override #'take-the-first)
;;; emacs_user.el ends here
