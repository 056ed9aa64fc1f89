"""JMC's rules: frozen values, states and functions. Plain Python: no database, socket, clock or framework."""
