#include "compiler/support/meanwhile.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

namespace schemac {

// Done once, by whoever comes first.
class Meanwhile::Task {
 public:
  explicit Task(std::function<void()> work) : work_(std::move(work)) {}

  // Nothing when somebody does it or did.
  void Do() {
    State open = State::Open;
    if (!state_.compare_exchange_strong(open, State::Taken)) return;
    work_();
    state_ = State::Done;
    state_.notify_all();
  }
  void AwaitEnd() const { state_.wait(State::Taken); }

 private:
  enum class State { Open, Taken, Done };

  std::function<void()> work_;
  std::atomic<State> state_ = State::Open;
};

class Meanwhile::Helpers {
 public:
  // Never destroyed: their threads wait until the process ends.
  static Helpers& Get() {
    static Helpers& helpers = *new Helpers;
    return helpers;
  }

  void Offer(std::shared_ptr<Task> task) {
    const std::lock_guard lock(mutex_);
    if (offered_.size() >= waiting_ && threads_ < most_) Start();
    if (threads_ == 0) return;  // Nobody would ever take it.
    offered_.push_back(std::move(task));
    changed_.notify_one();
  }

 private:
  void Start() {
    try {
      std::thread([this] { Help(); }).detach();
      ++threads_;
    } catch (const std::system_error&) {
      most_ = threads_;  // No more are to be had.
    }
  }

  [[noreturn]] void Help() {
    std::unique_lock lock(mutex_);
    for (;;) {
      ++waiting_;
      changed_.wait(lock, [this] { return !offered_.empty(); });
      --waiting_;
      const std::shared_ptr<Task> task = std::move(offered_.front());
      offered_.pop_front();
      lock.unlock();
      task->Do();
      lock.lock();
    }
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::shared_ptr<Task>> offered_;
  std::size_t waiting_ = 0;
  std::size_t threads_ = 0;
  std::size_t most_ = std::max(2U, std::thread::hardware_concurrency()) - 1;
};

Meanwhile::Meanwhile(std::function<void()> work) : task_(std::make_shared<Task>(std::move(work))) {
  Helpers::Get().Offer(task_);
}

Meanwhile::~Meanwhile() {
  task_->Do();
  task_->AwaitEnd();
}

}  // namespace schemac
