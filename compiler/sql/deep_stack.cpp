#include "compiler/sql/deep_stack.h"

#include <pthread.h>

#include "compiler/support/check.h"

namespace schemac::sql {
namespace {

constexpr std::size_t kOrdinary = 150;
// Address space only: pages are taken as they are touched.
constexpr std::size_t kDeepStackBytes = std::size_t{1} << 30U;

// Set on the deep thread itself, so that work within work does not start another one.
thread_local bool on_deep_stack = false;

void* Run(void* work) {
  on_deep_stack = true;
  (*static_cast<const std::function<void()>*>(work))();
  return nullptr;
}

}  // namespace

void RunOnDeepStack(const Nesting& nesting, const std::function<void()>& work) {
  if (on_deep_stack || nesting.parentheses + nesting.chain <= kOrdinary) {
    work();
    return;
  }
  pthread_attr_t attributes;
  Check(pthread_attr_init(&attributes) == 0);
  Check(pthread_attr_setstacksize(&attributes, kDeepStackBytes) == 0);
  pthread_t thread{};
  const int started = pthread_create(&thread, &attributes, Run, const_cast<std::function<void()>*>(&work));
  pthread_attr_destroy(&attributes);
  Check(started == 0);
  Check(pthread_join(thread, nullptr) == 0);
}

}  // namespace schemac::sql
