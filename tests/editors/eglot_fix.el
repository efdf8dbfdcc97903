;;; eglot_fix.el --- Fixes line 3 of FILE as a user does  -*- lexical-binding: t -*-
;; Prints what the user was shown, as JSON, in a line of its own.
(setq native-comp-enable-subr-trampolines nil native-comp-jit-compilation nil)
(setq make-backup-files nil create-lockfiles nil)
(require 'package)
(package-initialize)
(require 'eglot)
(require 'cl-lib)
(require 'json)
(require 'python)
(setq eglot-sync-connect 30)

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
  (let ((titles (mapcar (lambda (one) (if (consp one) (car one) one)) choices))
        (question (string-match-p "Server reports" prompt)))
    (push `((prompt . ,prompt) (titles . ,(vconcat titles)))
          (symbol-value (if question 'shown-questions 'shown-menus)))
    (car titles)))

(defun line-three ()
  (save-excursion
    (goto-char (point-min))
    (forward-line 2)
    (buffer-substring (line-beginning-position) (line-end-position))))

(advice-add 'completing-read :override #'take-the-first)
;; In batch mode no command runs, after which `eglot-ensure' would start the server.
(remove-hook 'python-mode-hook #'eglot-ensure)
(find-file (getenv "FILE"))
(python-mode)
(apply #'eglot (eglot--guess-contact))
(wait-until "the server" #'eglot-current-server)
(goto-char (point-min))
(search-forward "reslt")
(setq last-nonmenu-event ?x) ; nil would stand for the mouse, and for its menu
(eglot-code-actions (point) (point) nil t)
(wait-until "the edit" (lambda () (equal (line-three) "    return result")))
(save-buffer)
(eglot-shutdown (eglot-current-server))
(finish nil)
;;; eglot_fix.el ends here
