"""What a family finder sees: pages, sheets and words about children with a plan for adoption and families."""
