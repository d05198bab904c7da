"""What stands aside at the centre: why, since when, whose turn; processed or closed one by one."""
