"""What is done with children: contacts, and what is arranged for later."""
