"""Reply to screen: the terminal, the web, Slack and the webhooks."""
