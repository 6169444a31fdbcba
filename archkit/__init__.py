"""archkit: one blueprint of an ML system in, a chapter of checked figures out."""
