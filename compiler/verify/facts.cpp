#include "compiler/verify/facts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/sql/tokens.h"
#include "compiler/support/overloaded.h"
#include "compiler/support/quote.h"
#include "compiler/verify/facts_internal.h"

namespace schemac::verify {
namespace {

std::string GrantAspect(const schema::Privilege& privilege) {
  return fmt::format("grant {} to {}", privilege.privilege,
                     privilege.grantee.empty() ? "PUBLIC" : privilege.grantee);
}

void AddEnum(const schema::Enum& type, FactWriter& writer) {
  std::vector<std::string> labels;
  for (const std::string& label : type.labels) labels.push_back(QuoteLiteral(label));
  writer.Is("enum");
  writer.Has("labels", fmt::format("{}", fmt::join(labels, ", ")));
}

void AddDomain(const schema::Domain& domain, FactWriter& writer) {
  writer.Is("domain of " + TypeText(domain.type) + (domain.not_null ? " not null" : ""));
  writer.HasExpression("default", domain.default_value, domain.type);
  for (const schema::DomainConstraint& constraint : domain.constraints) {
    writer.Has("constraint " + constraint.name, "is there");
    writer.HasExpression(("check " + constraint.name).c_str(), constraint.check);
  }
}

void AddComposite(const schema::Composite& type, FactWriter& writer) {
  std::vector<std::string> attributes;
  for (const schema::CompositeAttribute& attribute : type.attributes)
    attributes.push_back(attribute.name + " " + TypeText(attribute.type));
  writer.Is("composite type");
  writer.Has("attributes", fmt::format("{}", fmt::join(attributes, ", ")));
}

void AddSequence(const schema::Sequence& sequence, FactWriter& writer) {
  const schema::SequenceOptions& options = sequence.options;
  writer.Is(fmt::format("sequence of {}", TypeText(sequence.type)));
  writer.Has("options", fmt::format("start {} increment {} minvalue {} maxvalue {} cache {}{}", options.start,
                                    options.increment, options.min, options.max, options.cache,
                                    options.cycle ? " cycle" : ""));
  writer.Has("owned by", sequence.owned_by ? fmt::format("{}.{}", DottedName(sequence.owned_by->qualified()),
                                                         sequence.owned_by->member)
                                           : "");
}

void AddView(const schema::View& view, FactWriter& writer) {
  writer.Is(view.materialized ? "materialized view" : "view");
  if (!view.columns.empty()) writer.Has("columns", fmt::format("{}", fmt::join(view.columns, ", ")));
  writer.DoesNotCompare("query");
}

// The last string behind AS, and the words outside of parentheses.
struct RoutineParts {
  std::string attributes;
  std::optional<std::string> body;
};

// The value of `$tag$…$tag$` or `'…'`; nullopt for the other kinds.
std::optional<std::string> StringValue(std::string_view text) {
  if (text.front() == '$') {
    const std::size_t tag = text.find('$', 1) + 1;
    return std::string(text.substr(tag, text.size() - 2 * tag));
  }
  if (text.front() != '\'' || text.find('\\') != std::string_view::npos) return std::nullopt;
  std::string value;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    value += text[i];
    if (text[i] == '\'') ++i;
  }
  return value;
}

RoutineParts TakeApart(const std::string& definition) {
  RoutineParts parts;
  const sql::Tokens tokens(definition);
  std::string volatility;
  std::string others;
  for (std::size_t i = 0; i < tokens.tokens().size(); ++i) {
    const sql::Token& token = tokens.tokens()[i];
    if (token.kind == sql::TokenKind::Open) i = std::min(tokens.MatchingClose(i), tokens.tokens().size() - 1);
    for (const char* word : {"immutable", "stable"}) {
      if (tokens.IsWord(i, word)) volatility = std::string(" ") + word;
    }
    if (tokens.IsWord(i, "strict") || (tokens.IsWord(i, "returns") && tokens.IsWord(i + 1, "null")))
      others = " strict" + others;
    if (tokens.IsWord(i, "security") && tokens.IsWord(i + 1, "definer")) others += " security definer";
    if (tokens.IsWord(i, "begin") && tokens.IsWord(i + 1, "atomic")) break;
    if (token.kind == sql::TokenKind::String && i > 0 && tokens.IsWord(i - 1, "as")) {
      const std::string_view text = tokens.Text(token);
      parts.body = StringValue(text);
    }
  }
  parts.attributes = volatility + others;
  return parts;
}

void AddFunction(const schema::Function& function, FactWriter& writer) {
  const RoutineParts parts = TakeApart(function.definition.text);
  writer.Is(fmt::format("{} in {}{}", function.procedure ? "procedure" : "function", function.language,
                        parts.attributes));
  if (!function.procedure) writer.Has("result", function.returns);
  if (parts.body) {
    writer.Has("body", *parts.body);
  } else {
    writer.DoesNotCompare("body");
  }
}

}  // namespace

std::string TypeText(const schema::Type& type) {
  if (type.schema.empty()) return FormatType(type);
  return type.schema + "." + QuoteIdentifier(type.name) +
         (type.modifiers.empty() ? "" : "(" + *type.modifiers + ")") + (type.array ? "[]" : "");
}

std::string DottedName(const schema::QualifiedName& name) { return name.schema + "." + name.name; }

void FactWriter::HasPrivileges(const schema::Privileges& privileges, const schema::Privileges& builtin) {
  for (const schema::Privilege& privilege : privileges)
    Has(GrantAspect(privilege), privilege.grantable ? "granted with grant option" : "granted");
  for (const schema::Privilege& privilege : builtin) {
    schema::Privilege grantable = privilege;
    grantable.grantable = true;
    if (!privileges.contains(privilege) && !privileges.contains(grantable))
      Has(GrantAspect(privilege), "not granted");
  }
}

namespace {

// Argument types as oidvectortypes() shows them to one who has all schemas in the search path.
std::string WithoutSchemas(const std::string& types) {
  std::string text;
  std::size_t word = 0;  // Where the type's name begins in `text`.
  bool quoted = false;
  for (const char c : types) {
    text += c;
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '.') text.resize(word);
    if (c == ' ' || c == ',') word = text.size();
  }
  return text;
}

}  // namespace

std::string ObjectKey(const schema::ObjectAddress& address) {
  std::string key(KindWord(address.kind));
  key += " ";
  if (!address.schema.empty()) key += address.schema + ".";
  key += address.name;
  if (address.member.empty() && address.kind != schema::ObjectKind::Function) return key;
  if (address.kind == schema::ObjectKind::Function || address.kind == schema::ObjectKind::Aggregate)
    return key + "(" + WithoutSchemas(address.member) + ")";
  return key + "." + address.member;
}

void AddFacts(const schema::Object& object, Facts& facts) {
  const schema::ObjectAddress address = AddressOf(object);
  FactWriter writer(address, facts);
  const auto with_base = [&](const schema::ObjectBase& base) {
    writer.HasBase(base, BuiltinPrivileges(address.kind));
  };
  const auto skip = [&](const schema::ObjectBase&) { writer.DoesNotCompare("definition"); };
  std::visit(Overloaded{
                 [&](const schema::Schema& it) {
                   writer.Is("schema");
                   // Its comment and grants differ between versions of PostgreSQL.
                   if (it.name != "public") with_base(it);
                 },
                 [&](const schema::Extension& it) {
                   writer.Is("extension");
                   if (!it.version.empty()) writer.Has("version", it.version);
                 },
                 [&](const schema::Collation&) { writer.Is("collation"); },
                 [&](const schema::Enum& it) { AddEnum(it, writer), with_base(it); },
                 [&](const schema::Composite& it) { AddComposite(it, writer), with_base(it); },
                 [&](const schema::Range& it) {
                   writer.Is("range of " + TypeText(it.subtype));
                   with_base(it);
                 },
                 [&](const schema::Domain& it) { AddDomain(it, writer), with_base(it); },
                 [&](const schema::Sequence& it) { AddSequence(it, writer), with_base(it); },
                 [&](const schema::Table& it) {
                   AddTable(it, facts);
                   for (const schema::Column& column : it.columns) AddColumnFacts(it, column, facts);
                 },
                 [&](const schema::Function& it) { AddFunction(it, writer), with_base(it); },
                 [&](const schema::Aggregate&) { writer.Is("aggregate"); },
                 [&](const schema::View& it) { AddView(it, writer), with_base(it); },
                 [&](const schema::Constraint& it) { AddConstraint(it, facts); },
                 [&](const schema::Index& it) { AddIndex(it, facts); },
                 [&](const schema::Trigger& it) { AddTrigger(it, facts); },
                 [&](const schema::Policy& it) { AddPolicy(it, facts); },
                 [&](const schema::Rule&) { writer.Is("rule"); },
                 [&](const schema::Statistics&) { writer.Is("statistics"); },
                 [&](const schema::EventTrigger&) { writer.Is("event trigger"); },
                 [&](const schema::DefaultPrivileges& it) { skip(it); },
                 [&](const schema::SeedRow& it) { skip(it); },
                 [&](const schema::Raw& it) { skip(it); },
             },
             object);
}

Facts FactsOf(const schema::Catalog& catalog) {
  Facts facts;
  for (const auto& [address, object] : catalog.objects()) AddFacts(object, facts);
  return facts;
}

}  // namespace schemac::verify
