// Package ceremony makes one genesis from documents that several exchanges
// write on separate machines: a signed application of every first member, and
// a signed proposal of every first validator seat. Nobody has to trust who
// collects them: from the same documents everybody makes the same bytes, and
// compares their SHA-256 over another channel.
package ceremony
