/**
 * Instead of the package `keytar`: a native module that Atlassian's command line keeps its passwords in. Its offline
 * checks load it and never call it, and installing the real one takes a compiler on many machines.
 */
module.exports = {};
