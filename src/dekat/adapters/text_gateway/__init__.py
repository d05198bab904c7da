"""WhatsApp and SMS by a gateway's HTTP interface."""
