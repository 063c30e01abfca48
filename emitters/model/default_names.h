// Which names a model may leave out, because PostgreSQL would choose the same.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "schema/catalog.h"

namespace schemac::emitters {

class DefaultNames {
 public:
  explicit DefaultNames(const schema::Catalog& catalog);

  [[nodiscard]] bool IsDefault(const schema::Constraint& constraint) const;
  [[nodiscard]] bool IsDefault(const schema::Index& index) const;
  // Whether the column is what `serial` and its like make, sequence included; the sequence's address.
  [[nodiscard]] std::optional<schema::ObjectAddress> SerialSequence(const schema::Table& table,
                                                                    const schema::Column& column) const;
  // Whether a serial column of a table makes this sequence.
  [[nodiscard]] bool MadeBySerial(const schema::Sequence& sequence) const;

 private:
  // Of two keys over the same columns a model means both only when the second has a name.
  [[nodiscard]] bool RepeatsAKey(const schema::Constraint& constraint) const;
  // Relations and constraints of a schema share no name space in PostgreSQL, but its choice of names avoids
  // both.
  [[nodiscard]] bool IsUnique(const schema::QualifiedName& name) const;

  const schema::Catalog& catalog_;
  std::map<schema::QualifiedName, int> uses_;
  std::map<schema::QualifiedName, int> serial_candidates_;
};

}  // namespace schemac::emitters
