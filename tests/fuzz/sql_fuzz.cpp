// libFuzzer: whatever the bytes, the interpreter ends; and what a script makes can be said as a model that
// means the same, whose layout is that of `schemac fmt`.
#include <cstddef>
#include <cstdint>
#include <string>

#include "tests/fuzz/verdict.h"
#include "tests/property/offline_laws.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  schemac::testing::SketchPair pair;
  pair.to_sql.assign(reinterpret_cast<const char*>(data), size);
  schemac::testing::StopOnFailure(JudgeModel(pair));
  return 0;
}
