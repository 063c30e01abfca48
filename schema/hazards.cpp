#include "schema/hazards.h"

namespace schemac::schema {

const std::vector<std::string>& HazardNames() {
  static const std::vector<std::string> names{
      "all",         "convert-type", "drop-column", "drop-extension", "drop-label",
      "drop-schema", "drop-table",   "narrow-type", "required-column"};
  return names;
}

}  // namespace schemac::schema
