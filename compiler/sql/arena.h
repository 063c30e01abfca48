// Memory for the nodes of one parse tree, given back as a whole.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <vector>

namespace schemac::sql {

class Arena {
 public:
  Arena() {}  // Not `= default`, which would have std::make_shared fill the first block with zeros.
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;
  ~Arena() {
    for (void* block : blocks_) std::free(block);
  }

  // Aligned for any node; nullptr when there is no memory.
  void* Allocate(std::size_t size) {
    size = (size + 15) & ~std::size_t{15};
    if (size > left_) return AllocateElsewhere(size);
    void* result = next_;
    next_ += size;
    left_ -= size;
    return result;
  }

 private:
  // Most statements fit into one. From 64 KB on, glibc takes each free() as the moment to tidy up its heap.
  static constexpr std::size_t kBlockSize = std::size_t{16} * 1024;

  // Apart, so that what fits is inlined.
  [[gnu::noinline]] void* AllocateElsewhere(std::size_t size) {
    const std::size_t wanted = size > kBlockSize ? size : kBlockSize;
    void* block = std::malloc(wanted);
    if (block == nullptr) return nullptr;
    blocks_.push_back(block);
    if (size > kBlockSize / 2) return block;
    next_ = static_cast<char*>(block) + size;
    left_ = wanted - size;
    return block;
  }

  std::vector<void*> blocks_;  // Besides the first.
  alignas(16) char first_[kBlockSize];
  char* next_ = first_;
  std::size_t left_ = kBlockSize;
};

}  // namespace schemac::sql
