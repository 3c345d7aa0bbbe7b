"""The sufficiency statement written out: which sections it has, what each says, for whom."""
