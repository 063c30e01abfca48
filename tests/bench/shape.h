// What the generated databases consist of, before it is said in a language (workload.h).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/bench/workload.h"

namespace schemac::bench {

struct EnumShape {
  std::size_t number = 0;
  std::vector<std::string> labels;
};

struct TableShape {
  std::size_t number = 0;
  std::size_t status = 0;  // The number of the enum.
  std::size_t owner = 0;   // The number of the table that owner_id refers to.
  // What changes:
  std::size_t code_length = 40;
  std::size_t quantity_default = 1;
  std::size_t least_quantity = 0;
  bool has_region = false;
  bool wide_index = false;
};

struct Shape {
  std::vector<EnumShape> enums;
  std::vector<TableShape> tables;
};

Shape MakeShape(std::size_t tables, Change change);

std::string TableName(std::size_t number);  // "account_00042"
std::string EnumName(std::size_t number);   // "status_00004"
// The labels between quotes of this kind, with commas.
std::string JoinLabels(const EnumShape& type, std::string_view quote);

std::string SqlAlchemyOf(const Shape& shape);
std::string DjangoOf(const Shape& shape);
std::string DrizzleOf(const Shape& shape);

}  // namespace schemac::bench
