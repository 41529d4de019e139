package chains

// Check recounts every module's invariants on the committed state, and names the
// module in which one is broken.
func (c *Chain) Check() error { return c.Shugu.Check(c.Query()) }
