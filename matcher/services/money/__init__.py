"""What children's places cost, who pays, what could cost less, and how price goes with need."""
