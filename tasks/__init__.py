"""The clock's hands: jobs that Celery runs. The web never imports them and sends them nothing."""
