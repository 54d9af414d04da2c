"""Cards and quizzes in a notebook."""
