// libFuzzer: whatever the bytes of a schemac.toml, reading it ends, with a setting for everything or a
// diagnostic.
#include <cstddef>
#include <cstdint>
#include <string>

#include "compiler/driver/config.h"
#include "compiler/support/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace schemac;
  Sources sources;
  DiagnosticSink sink;
  const SourceId source = sources.Add(kConfigName, std::string(reinterpret_cast<const char*>(data), size));
  const auto config = ParseConfig(source, sources, sink);
  Check(config.has_value() != sink.HasErrors());
  return 0;
}
