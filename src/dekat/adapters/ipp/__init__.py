"""Printers by the Internet Printing Protocol (RFC 8010/8011): our client and its simulated twin."""
