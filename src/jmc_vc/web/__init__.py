"""The HTTP edge: speaks HTTP, calls a use case, answers. FastAPI and Starlette are known here and nowhere else."""
