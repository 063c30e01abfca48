// Work that another thread does meanwhile. The threads are kept: one that waits takes up work sooner than a
// new one begins.
#pragma once

#include <functional>
#include <memory>

namespace schemac {

// Offers a piece of work to other threads, of which there are as many as processors besides the caller's, at
// least one. At its end the work is done: if no thread was free to take it up, by the caller.
class Meanwhile {
 public:
  // The work must not throw; what it refers to must outlive this.
  explicit Meanwhile(std::function<void()> work);
  ~Meanwhile();
  Meanwhile(const Meanwhile&) = delete;
  Meanwhile& operator=(const Meanwhile&) = delete;

 private:
  class Task;
  class Helpers;

  std::shared_ptr<Task> task_;
};

}  // namespace schemac
