// How the program allocates: much is made, little given back before the end, and the end comes soon.
// Linked into the program alone; the sanitizers bring allocators of their own.
#include <jemalloc/jemalloc.h>

// Read by jemalloc before the first allocation (its manual, "TUNING"): one arena, for large allocations too;
// nothing given back. No huge pages: the kernel takes those from memory that nobody has used for long, which
// made large diffs between runs of other programs slower than they are with small pages.
const char* malloc_conf = "narenas:1,oversize_threshold:0,dirty_decay_ms:-1,muzzy_decay_ms:-1";
