// Two pieces of work that have nothing to do with each other, done at the same time.
#pragma once

#include <future>
#include <utility>

#include "compiler/support/diagnostic.h"

namespace schemac {

// Calls both with a sink of its own and returns what they return. `sink` gets the diagnostics as if the
// second had been called after the first. What both read must not change meanwhile. Work that is not worth a
// thread (50 µs) is done one after the other.
template <typename First, typename Second>
auto SideBySide(const First& first, const Second& second, DiagnosticSink& sink, bool worth_a_thread = true) {
  DiagnosticSink of_first;
  DiagnosticSink of_second;
  // Without a thread to be had, the first is called by get().
  const auto how = worth_a_thread ? std::launch::async | std::launch::deferred : std::launch::deferred;
  auto running = std::async(how, [&] { return first(of_first); });
  auto result_of_second = second(of_second);
  auto result_of_first = running.get();
  for (const DiagnosticSink* from : {&of_first, &of_second}) {
    for (const Diagnostic& diagnostic : from->diagnostics()) sink.Report(diagnostic);
  }
  return std::pair(std::move(result_of_first), std::move(result_of_second));
}

}  // namespace schemac
