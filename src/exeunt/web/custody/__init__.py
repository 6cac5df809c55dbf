"""The custodian's desk: opening the vault, who somebody is, taking texts in, masking them."""
