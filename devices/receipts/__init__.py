"""What is on a slip and where: pure layout, and one module that draws it."""
