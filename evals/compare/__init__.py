"""The product beside other methods, and parts of it by themselves."""
