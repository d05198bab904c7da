"""The start page of the sample regency: a tour of ten minutes and the switches of the world around it."""
