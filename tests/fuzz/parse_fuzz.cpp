// libFuzzer: whatever the bytes, the parser ends, and what parses has a layout that is its own. A model
// without errors can be printed as one that means the same.
#include <cstddef>
#include <cstdint>
#include <string>

#include "compiler/analyze/analyze.h"
#include "compiler/format/format.h"
#include "compiler/parse/parse.h"
#include "compiler/support/check.h"
#include "tests/fuzz/verdict.h"
#include "tests/property/offline_laws.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace schemac;
  Sources sources;
  DiagnosticSink sink;
  const SourceId source = sources.Add("fuzz.schema", std::string(reinterpret_cast<const char*>(data), size));
  const ast::File file = Parse(source, sources, sink);
  DiagnosticSink errors;
  const auto formatted = Format(source, sources, errors);
  Check(formatted.has_value() || sink.HasErrors());
  if (!formatted) return 0;
  const SourceId again = sources.Add("formatted", *formatted);
  Check(Format(again, sources, errors) == formatted);

  const Model model = Analyze({file}, sources, sink);
  if (!sink.HasErrors()) testing::StopOnFailure(testing::JudgeModel(model.catalog));
  return 0;
}
