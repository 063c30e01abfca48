// Every example of the reference parses and is written in the canonical layout;
// tests/driver/language_test.cpp compiles them.
#include <gtest/gtest.h>

#include "compiler/format/format.h"
#include "tests/parse/parsed.h"
#include "tests/parse/samples.h"

namespace schemac {
namespace {

TEST(LanguageReference, ExamplesParseAndAreFormatted) {
  for (const auto& [kind, text, before] : Samples()) {
    const Parsed parsed(text);
    EXPECT_EQ(parsed.Messages(), "") << text;
    EXPECT_GT(parsed.file().items.size() + parsed.file().changes.size(), 0U) << text;
    Sources sources;
    DiagnosticSink sink;
    EXPECT_EQ(Format(sources.Add("example", text), sources, sink).value_or(""), text);
  }
}

}  // namespace
}  // namespace schemac
