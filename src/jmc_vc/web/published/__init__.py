"""What anyone may fetch because credentials name it: keys, status lists, outcomes, contexts and schemas."""
