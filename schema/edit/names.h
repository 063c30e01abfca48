// The names PostgreSQL gives to what has none (src/backend/commands/indexcmds.c ChooseRelationName,
// ChooseIndexName; tablecmds.c ChooseForeignKeyConstraintNameAddition; makeObjectName): t_c_key, t_pkey,
// t_c_fkey, t_c_check, t_c_idx, t_c_excl, t_c_seq; cut to 63 bytes by shortening the longer part, numbered 1,
// 2, … on collision.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schema/catalog.h"

namespace schemac::schema {

// makeObjectName(): name1_name2_label, shortened to 63 bytes on character boundaries.
std::string MakeObjectName(std::string_view name1, std::string_view name2, std::string_view label);

// The first of name1_name2_label, name1_name2_label1, name1_name2_label2, … for which `is_taken(name)` is
// false.
template <typename Predicate>
std::string FirstFreeName(std::string_view name1, std::string_view name2, std::string_view label,
                          const Predicate& is_taken) {
  std::string numbered(label);
  for (std::size_t number = 1;; ++number) {
    std::string name = MakeObjectName(name1, name2, numbered);
    if (!is_taken(name)) return name;
    numbered = std::string(label) + std::to_string(number);
  }
}

// A free name for a constraint, seen from its table's schema as PostgreSQL sees it: relation names for
// indexes, constraint names of the schema (ConstraintNameExists) as well.
std::string ChooseConstraintName(const Catalog& catalog, const Constraint& constraint);
// A free name for a check of a domain: d_check, d_check1, … The constraints that `domain` has are taken as
// well.
std::string ChooseDomainConstraintName(const Catalog& catalog, const Domain& domain);
// As ChooseIndexName: names of expression columns are "expr", "expr1", function names for calls
// (FigureIndexColname).
std::string ChooseIndexName(const Catalog& catalog, const Index& index);
std::string ChooseSequenceName(const Catalog& catalog, const QualifiedName& table, std::string_view column);

}  // namespace schemac::schema
