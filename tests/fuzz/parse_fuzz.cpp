// libFuzzer: whatever the bytes, the parser ends, and what parses has a layout that is its own.
#include <cstddef>
#include <cstdint>
#include <string>

#include "compiler/format/format.h"
#include "compiler/parse/parse.h"
#include "compiler/support/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace schemac;
  Sources sources;
  DiagnosticSink sink;
  const SourceId source = sources.Add("fuzz", std::string(reinterpret_cast<const char*>(data), size));
  Parse(source, sources, sink);
  DiagnosticSink errors;
  const auto formatted = Format(source, sources, errors);
  if (!formatted) return 0;
  const SourceId again = sources.Add("formatted", *formatted);
  Check(Format(again, sources, errors) == formatted);
  return 0;
}
