"""Who may log in: staff and researchers, their passwords, second factors, invitations and sessions."""
