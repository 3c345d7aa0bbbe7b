"""Files a council already has -> one checked Case and the findings of reading it."""
