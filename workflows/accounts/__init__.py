"""Who may log in: staff, researchers and counsellors, their passwords, second factors, invitations and sessions."""
