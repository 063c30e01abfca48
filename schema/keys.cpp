#include "schema/keys.h"

namespace schemac::schema {

bool MakeOneKey(const Constraint& first, const Constraint& second) {
  const bool first_is_key = first.kind == ConstraintKind::PrimaryKey || first.kind == ConstraintKind::Unique;
  return first_is_key && second.kind == ConstraintKind::Unique && first.columns == second.columns &&
         first.include == second.include && first.deferrable == second.deferrable &&
         first.initially_deferred == second.initially_deferred &&
         first.nulls_not_distinct == second.nulls_not_distinct;
}

}  // namespace schemac::schema
