"""Reply to screen: the terminal, the web and the webhooks."""
