#include "compiler/support/side_by_side.h"

#include <atomic>
#include <stdexcept>
#include <thread>

#include <gtest/gtest.h>

namespace schemac {
namespace {

TEST(SideBySide, ReturnsWhatBothReturn) {
  for (const bool worth_a_thread : {true, false}) {
    const auto [first, second] =
        SideBySide([] { return 1; }, [] { return std::string("two"); }, worth_a_thread);
    EXPECT_EQ(first, 1);
    EXPECT_EQ(second, "two");
  }
}

// The first goes on while the second waits for it: they run at the same time.
TEST(SideBySide, RunsBothAtOnce) {
  std::atomic<bool> begun = false;
  const auto [first, second] = SideBySide(
      [&] {
        begun = true;
        begun.notify_all();
        return std::this_thread::get_id();
      },
      [&] {
        begun.wait(false);
        return std::this_thread::get_id();
      });
  EXPECT_NE(first, second);
  EXPECT_EQ(second, std::this_thread::get_id());
}

// More pieces of work than there are threads: whoever has offered one does it.
int Sum(int from, int to) {
  if (to - from == 1) return from;
  const int middle = from + (to - from) / 2;
  const auto [left, right] = SideBySide([&] { return Sum(from, middle); }, [&] { return Sum(middle, to); });
  return left + right;
}
TEST(SideBySide, WorksWithinItself) { EXPECT_EQ(Sum(0, 1000), 499500); }

TEST(SideBySide, ThrowsWhatEitherThrows) {
  const auto fails = []() -> int { throw std::runtime_error("no"); };
  const auto works = [] { return 1; };
  EXPECT_THROW(SideBySide(fails, works), std::runtime_error);
  EXPECT_THROW(SideBySide(fails, works, false), std::runtime_error);
  EXPECT_THROW(SideBySide(fails, fails), std::runtime_error);
  std::atomic<bool> done = false;
  const auto slow = [&] {
    std::this_thread::yield();
    done = true;
    return 1;
  };
  EXPECT_THROW(SideBySide(slow, fails), std::runtime_error);
  EXPECT_TRUE(done);  // It was waited for: what it looks at goes with the caller.
}

TEST(SideBySide, ReportsInOrder) {
  DiagnosticSink sink;
  const auto report = [](const char* text) {
    return [text](DiagnosticSink& own) {
      own.Report(Diagnostic(DiagnosticKind::SyntaxError, Span(), text));
      return true;
    };
  };
  SideBySide(report("first"), report("second"), sink);
  ASSERT_EQ(sink.diagnostics().size(), 2U);
  EXPECT_EQ(sink.diagnostics()[0].message, "first");
  EXPECT_EQ(sink.diagnostics()[1].message, "second");
}

}  // namespace
}  // namespace schemac
