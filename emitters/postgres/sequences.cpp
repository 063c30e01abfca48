#include <limits>

#include "compiler/support/quote.h"
#include "emitters/postgres/spelling.h"

namespace schemac::emitters::postgres {
namespace {

template <typename Integer>
SequenceBounds BoundsOf(bool ascending) {
  if (ascending) return {1, std::numeric_limits<Integer>::max()};
  return {std::numeric_limits<Integer>::min(), -1};
}

void WriteOwner(const Boxed<schema::ObjectAddress>& owner, SqlWriter& sql) {
  sql.Write("OWNED BY");
  if (owner) {
    sql.Name(owner->qualified()).Attached("." + QuoteIdentifier(owner->member));
  } else {
    sql.Write("NONE");
  }
}

// The bound that values move away from rises above where the sequence may stand: the server refuses the bound
// unless the sequence is moved there first. A sequence that is past it stays where it is.
bool PassesFormerStart(const schema::SequenceOptions& from, const schema::SequenceOptions& to) {
  if ((from.increment > 0) != (to.increment > 0)) return false;
  return to.increment > 0 ? to.min > from.min : to.max < from.max;
}

std::string MoveToBound(const schema::QualifiedName& name, const schema::SequenceOptions& to) {
  const std::string sequence = QuoteQualified(name.schema, name.name);
  const bool ascending = to.increment > 0;
  const std::string bound = std::to_string(ascending ? to.min : to.max);
  SqlWriter sql;
  sql.Write("SELECT setval(")
      .Attached(QuoteLiteral(sequence) + ", " + (ascending ? "greatest" : "least") + "(last_value, " + bound +
                "), is_called AND last_value " + (ascending ? ">= " : "<= ") + bound + ")")
      .Write("FROM")
      .Name(name);
  return sql.Take();
}

}  // namespace

SequenceBounds DefaultBounds(const schema::Type& type, bool ascending) {
  if (type.schema.empty() && type.name == "smallint") return BoundsOf<std::int16_t>(ascending);
  if (type.schema.empty() && type.name == "integer") return BoundsOf<std::int32_t>(ascending);
  return BoundsOf<std::int64_t>(ascending);
}

void WriteSequenceOptions(const schema::SequenceOptions& options, const schema::Type* type, SqlWriter& sql) {
  const bool ascending = options.increment > 0;
  const SequenceBounds bounds =
      type == nullptr ? BoundsOf<std::int64_t>(ascending) : DefaultBounds(*type, ascending);
  if (options.increment != 1) sql.Write("INCREMENT BY").Number(options.increment);
  if (options.min != bounds.min) sql.Write("MINVALUE").Number(options.min);
  if (options.max != bounds.max) sql.Write("MAXVALUE").Number(options.max);
  if (options.start != (ascending ? options.min : options.max)) sql.Write("START WITH").Number(options.start);
  if (options.cache != 1) sql.Write("CACHE").Number(options.cache);
  if (options.cycle) sql.Write("CYCLE");
}

Statements CreateSequence(const schema::Sequence& sequence, const SqlStyle& style) {
  SqlWriter sql(style);
  sql.Write("CREATE");
  if (sequence.unlogged) sql.Write("UNLOGGED");
  sql.Write("SEQUENCE").Name(sequence.name);
  if (sequence.type.name != "bigint") sql.Write("AS").Type(sequence.type);
  WriteSequenceOptions(sequence.options, &sequence.type, sql);
  return {sql.Take()};
}

void WriteSequenceChanges(const schema::SequenceOptions& from, const schema::SequenceOptions& to,
                          bool all_bounds, Keywords prefix, SqlWriter& sql) {
  const auto clause = [&](Keywords words) -> SqlWriter& {
    if (!prefix.text.empty()) sql.Write(prefix);
    return sql.Write(words);
  };
  // The bounds of the old direction would be judged against the new increment, so they are told together.
  const bool bounds = all_bounds || (from.increment > 0) != (to.increment > 0);
  if (from.increment != to.increment) clause("INCREMENT BY").Number(to.increment);
  if (bounds || from.min != to.min) clause("MINVALUE").Number(to.min);
  if (bounds || from.max != to.max) clause("MAXVALUE").Number(to.max);
  if (bounds || from.start != to.start) clause("START WITH").Number(to.start);
  if (from.cache != to.cache) clause("CACHE").Number(to.cache);
  if (from.cycle != to.cycle) {
    if (to.cycle) {
      clause("CYCLE");
    } else {
      clause("NO CYCLE");
    }
  }
}

Statements AlterSequence(const schema::Sequence& from, const schema::Sequence& to) {
  Statements statements;
  SqlWriter sql;
  sql.Write("ALTER SEQUENCE").Name(to.name);
  const std::size_t bare = sql.text().size();
  if (from.type != to.type) sql.Write("AS").Type(to.type);
  WriteSequenceChanges(from.options, to.options, from.type != to.type, "", sql);
  // No value of before is one of after: it begins anew.
  if (to.options.min > from.options.max || to.options.max < from.options.min) {
    sql.Write("RESTART");
  } else if (PassesFormerStart(from.options, to.options)) {
    statements.push_back(MoveToBound(to.name, to.options));
  }
  if (from.owned_by != to.owned_by) WriteOwner(to.owned_by, sql);
  if (sql.text().size() > bare) statements.push_back(sql.Take());
  if (from.unlogged != to.unlogged) {
    SqlWriter logged;
    logged.Write("ALTER SEQUENCE").Name(to.name).Write("SET");
    if (to.unlogged) {
      logged.Write("UNLOGGED");
    } else {
      logged.Write("LOGGED");
    }
    statements.push_back(logged.Take());
  }
  return statements;
}

}  // namespace schemac::emitters::postgres
