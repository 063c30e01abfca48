// How the program allocates: much is made, little given back before the end, and the end comes soon.
// Linked into the program alone; the sanitizers bring allocators of their own.
#include <cstddef>

#include <jemalloc/jemalloc.h>
#include <sys/mman.h>

// Read by jemalloc before the first allocation (its manual, "TUNING"): one arena, whose hooks are below,
// for large allocations too; nothing given back.
const char* malloc_conf = "narenas:1,oversize_threshold:0,dirty_decay_ms:-1,muzzy_decay_ms:-1";

namespace {

extent_hooks_t* default_hooks = nullptr;
extent_hooks_t hooks{};

// A large schema touches memory for the first time all the time: a page fault for each 4 KiB is a tenth
// to a quarter of its run. Where there are no huge pages to be had, all stays as it was.
void* AllocateExtent(extent_hooks_t* /*hooks*/, void* address, std::size_t size, std::size_t alignment,
                     bool* zero, bool* commit, unsigned arena) {
  void* extent = default_hooks->alloc(default_hooks, address, size, alignment, zero, commit, arena);
  if (extent != nullptr) madvise(extent, size, MADV_HUGEPAGE);
  return extent;
}

// The arena has its first 2 MiB by now, on small pages: a short run does not wait for huge ones to be
// cleared.
const bool huge_pages = [] {
  std::size_t size = sizeof default_hooks;
  if (mallctl("arena.0.extent_hooks", &default_hooks, &size, nullptr, 0) != 0) return false;
  hooks = *default_hooks;
  hooks.alloc = AllocateExtent;
  extent_hooks_t* ours = &hooks;
  return mallctl("arena.0.extent_hooks", nullptr, nullptr, &ours, sizeof ours) == 0;
}();

}  // namespace
