// Two pieces of work that have nothing to do with each other, done at the same time.
#pragma once

#include <concepts>
#include <functional>
#include <future>
#include <optional>
#include <type_traits>
#include <utility>

#include "compiler/support/diagnostic.h"
#include "compiler/support/meanwhile.h"

namespace schemac {

// Calls both and returns what they return. What both read must not change meanwhile. Work that is not worth a
// thread (50 µs) is done one after the other.
template <std::invocable First, std::invocable Second>
auto SideBySide(const First& first, const Second& second, bool worth_a_thread = true) {
  // Keeps what the first returns or throws.
  std::packaged_task<std::invoke_result_t<First>()> task(std::cref(first));
  std::optional<Meanwhile> running;
  if (worth_a_thread) {
    running.emplace([&task] { task(); });
  } else {
    task();
  }
  auto result_of_second = second();
  running.reset();
  return std::pair(task.get_future().get(), std::move(result_of_second));
}

// The same for what reports: `sink` gets the diagnostics as if the second had been called after the first.
template <typename First, typename Second>
auto SideBySide(const First& first, const Second& second, DiagnosticSink& sink, bool worth_a_thread = true) {
  DiagnosticSink of_first;
  DiagnosticSink of_second;
  auto results =
      SideBySide([&] { return first(of_first); }, [&] { return second(of_second); }, worth_a_thread);
  for (const DiagnosticSink* from : {&of_first, &of_second}) {
    for (const Diagnostic& diagnostic : from->diagnostics()) sink.Report(diagnostic);
  }
  return results;
}

}  // namespace schemac
